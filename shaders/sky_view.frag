#version 330
// What the eye sees of two skies with the same air: the dusk below, the silver light above.
#pragma include "lib/sky_model.glsl"
uniform sampler2D u_transmittance;
uniform sampler2D u_scatter;
uniform vec2 u_light_mu;       // elevation sines of the two lights
uniform vec2 u_light_breadth;  // 1 a point, less a lobe over the sky
uniform vec2 u_light_level;    // shares of the irradiances that level ground gets
uniform vec3 u_dusk;           // irradiances at the air's end
uniform vec3 u_silver;
out vec4 color;

const int STEPS = 40;

vec3 radiance(float azimuth, float lift, float sun, float breadth, float level) {
    float mu = sin(lift);
    float angle = mu * sun + cos(lift) * cos(azimuth) * sqrt(max(1.0 - sun * sun, 0.0));
    float small_phase = sky_rayleigh(angle, breadth);
    float large_phase = sky_mie(angle, breadth);
    bool hit;
    float end = sky_to_end(SKY_EYE, mu, hit);
    vec3 through = vec3(1.0), seen = vec3(0.0);
    for (int i = 0; i < STEPS; i++) {
        float part = (float(i) + 0.5) / float(STEPS);
        float way = end * part * part;
        float here = sky_rise(SKY_EYE, mu, way);
        float low = sky_light_mu(SKY_EYE, sun, angle, way, here);
        Medium air = sky_medium(here);
        float stride = end * float(2 * i + 1) / float(STEPS * STEPS);
        vec3 left = sky_light_left(u_transmittance, here, low);
        vec3 source = left * (air.small * small_phase + air.large * large_phase)
            + sky_scattered(u_scatter, here, low) * (air.small + air.large);
        seen += through * source * sky_reach(air.lost, stride);
        through *= exp(-air.lost * stride);
    }
    if (hit) {
        float below = sky_light_mu(SKY_EYE, sun, angle, end, 0.0);
        vec3 lit = sky_light_left(u_transmittance, 0.0, below) * level / SKY_PI;
        seen += through * (lit + sky_scattered(u_scatter, 0.0, below)) * u_air_ground;
    }
    return seen;
}

void main() {
    bool silver = gl_FragCoord.y > SKY_VIEW.y;
    vec2 texel = gl_FragCoord.xy - 0.5;
    if (silver) texel.y -= SKY_VIEW.y;
    vec2 at = texel / (SKY_VIEW - 1.0);
    float side = at.y * 2.0 - 1.0;
    float azimuth = SKY_PI * at.x * at.x;
    float lift = 0.5 * SKY_PI * sign(side) * side * side;
    float sun = silver ? u_light_mu.y : u_light_mu.x;
    float breadth = silver ? u_light_breadth.y : u_light_breadth.x;
    float level = silver ? u_light_level.y : u_light_level.x;
    vec3 seen = radiance(azimuth, lift, sun, breadth, level);
    color = vec4(seen * (silver ? u_silver : u_dusk), 1.0);
}
